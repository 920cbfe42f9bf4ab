package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What lies in the inbox: which of it is ingested, and what is left there and why. */
public final class InboxFolder {
    /** A file whose last change is younger may still be written to. */
    private static final Duration SETTLED = Duration.ofSeconds(1);
    /** What changed lately may be on its way in, under another name until it is whole. */
    private static final Duration LEFT = Duration.ofSeconds(3);
    /** File systems take 255; what is put before and after the name, in .done and while the file is read, needs room too. */
    private static final int MOST_NAME_BYTES = 200;

    private static final String LOCK = ".camelLock";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final Pattern COMPRESSED = Pattern.compile("(?i).*[.](gz|zip|bz2|xz|zst|7z|tgz|tar)");
    private static final Pattern CSV = Pattern.compile("(?i).*[.]csv([.]gz)?");

    private final Path dir;
    private final InstantSource clock;
    private Set<String> reported = Set.of();

    public InboxFolder(Path dir, InstantSource clock) {
        this.dir = dir;
        this.clock = clock;
    }

    /** Whether it is a CSV file by its name, a regular one, and has not changed for a second. */
    public boolean takes(File file) {
        Path path = file.toPath();
        try {
            return !isIgnored(path) && problem(path) == null && age(path).compareTo(SETTLED) >= 0;
        } catch (IOException e) {
            // Gone since the folder was listed.
            return false;
        }
    }

    /**
     * Reports once each entry that stays in the inbox because it is not a file to ingest.
     *
     * @return a line for each that was not reported before: what it is, and what to do
     */
    public synchronized List<String> leftovers() {
        List<String> fresh = new ArrayList<>();
        Set<String> lying = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
            for (Path entry : entries) {
                leftover(entry, lying, fresh);
            }
        } catch (IOException | DirectoryIteratorException e) {
            note("The inbox " + dir + " cannot be listed: " + e, lying, fresh);
        }
        // What was removed and comes back is reported again.
        reported = lying;
        fresh.sort(null);
        return fresh;
    }

    private void leftover(Path entry, Set<String> lying, List<String> fresh) {
        try {
            String problem = isIgnored(entry) ? null : problem(entry);
            if (problem == null) {
                return;
            }
            String line = "Left in the inbox: " + shown(entry.getFileName()) + " " + problem;
            // What was reported once is not reported again when it changes.
            if (reported.contains(line) || age(entry).abs().compareTo(LEFT) >= 0) {
                note(line, lying, fresh);
            }
        } catch (IOException e) {
            // Gone since the folder was listed.
        }
    }

    private void note(String line, Set<String> lying, List<String> fresh) {
        lying.add(line);
        if (!reported.contains(line)) {
            fresh.add(line);
        }
    }

    /** Hidden files are what copying programs write to until they are done, and folders of the inbox's own. */
    private static boolean isIgnored(Path entry) {
        String name = name(entry);
        return name.startsWith(".") || name.endsWith(LOCK);
    }

    /** Why it is not taken, and what to do, as the end of a sentence about it; null for a file that is taken. */
    private String problem(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return "is a folder. Put the files themselves into the inbox.";
        }
        if (Files.isSymbolicLink(entry) && Files.notExists(entry)) {
            return "is a link to " + shown(Files.readSymbolicLink(entry))
                    + ", which is not there. Repair or remove the link.";
        }
        if (!Files.isRegularFile(entry)) {
            return "is not a regular file, but a named pipe, a socket or a device. Write the rows to a file, and move it here.";
        }
        if (CONTROL.matcher(name(entry)).find()) {
            return "has a line break or another control character in its name. Rename it.";
        }
        if (name(entry).indexOf('\\') >= 0) {
            return "has a backslash in its name. Rename it.";
        }
        if (!entry.toFile().exists()) {
            return "has a name that cannot be read in this system's character encoding, "
                    + System.getProperty("sun.jnu.encoding") + ". Rename it, or start the service with LC_ALL=C.UTF-8.";
        }
        boolean isCsv = CSV.matcher(name(entry)).matches();
        if (!isCsv && COMPRESSED.matcher(name(entry)).matches()) {
            return "is compressed or an archive. Unpack it, and put the CSV file into the inbox.";
        }
        if (!isCsv) {
            return "has a name that does not end with .csv or .csv.gz. Rename it if it is a CSV file of customers.";
        }
        int nameBytes = name(entry).getBytes(UTF_8).length;
        if (nameBytes > MOST_NAME_BYTES) {
            return "has a name of " + nameBytes + " bytes; " + MOST_NAME_BYTES + " is the most. Rename it.";
        }
        if (age(entry).isNegative() && age(entry).abs().compareTo(LEFT) >= 0) {
            return "was changed in the future, at " + modified(entry)
                    + ", so that nobody can tell whether it is whole. Check the clock, or touch the file.";
        }
        return null;
    }

    private Duration age(Path entry) throws IOException {
        return Duration.between(modified(entry), clock.instant());
    }

    private static Instant modified(Path entry) throws IOException {
        LinkOption[] options =
                Files.isRegularFile(entry) ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        return Files.getLastModifiedTime(entry, options).toInstant();
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }

    /** In one line of a log, whatever is in the name. */
    private static String shown(Path path) {
        return CONTROL.matcher(path.toString())
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
