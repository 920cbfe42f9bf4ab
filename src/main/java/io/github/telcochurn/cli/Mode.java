package io.github.telcochurn.cli;

/** What {@code --mode} chooses: work that ends by itself, or a stream. */
enum Mode {
    BATCH,
    STREAMING
}
