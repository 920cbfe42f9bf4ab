package io.github.telcochurn;

/** The program's entry point. */
public final class ChurnApp {
    private ChurnApp() {}

    public static void main(String[] args) {
        System.out.println(args.length);
    }
}
