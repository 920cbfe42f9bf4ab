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

/** The files in the inbox: which ones are ingested, and which ones stay there and why. */
public final class InboxFolder {
    /** A file that changed more recently may still be written to. */
    private static final Duration SETTLED = Duration.ofSeconds(1);
    /** An entry that changed more recently may still be a copy in progress under a temporary name. */
    private static final Duration LEFT = Duration.ofSeconds(3);
    /** File systems allow 255; the additions to the name, in .done and while the file is read, need room too. */
    private static final int MAX_NAME_BYTES = 200;

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

    /** Whether it has the name of a CSV file, is a regular file, and has not changed for a second. */
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
        Set<String> current = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
            for (Path entry : entries) {
                leftover(entry, current, fresh);
            }
        } catch (IOException | DirectoryIteratorException e) {
            note("The inbox " + dir + " cannot be listed: " + e, current, fresh);
        }
        // An entry that was removed and comes back is reported again.
        reported = current;
        fresh.sort(null);
        return fresh;
    }

    private void leftover(Path entry, Set<String> current, List<String> fresh) {
        try {
            String problem = isIgnored(entry) ? null : problem(entry);
            if (problem == null) {
                return;
            }
            String line = "Left in the inbox: " + shown(entry.getFileName()) + " " + problem;
            // An entry that was reported is not reported again when it changes.
            if (reported.contains(line) || age(entry).abs().compareTo(LEFT) >= 0) {
                note(line, current, fresh);
            }
        } catch (IOException e) {
            // Gone since the folder was listed.
        }
    }

    private void note(String line, Set<String> current, List<String> fresh) {
        current.add(line);
        if (!reported.contains(line)) {
            fresh.add(line);
        }
    }

    /** Hidden entries are unfinished copies of other programs, or the inbox's own folders. */
    private static boolean isIgnored(Path entry) {
        String name = name(entry);
        return name.startsWith(".") || name.endsWith(LOCK);
    }

    /** Why it is not ingested, and what to do, as the end of a sentence about it; null for a file that is ingested. */
    private String problem(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return "is a folder. Put the files themselves into the inbox.";
        }
        if (Files.isSymbolicLink(entry) && Files.notExists(entry)) {
            return "is a link to " + shown(Files.readSymbolicLink(entry))
                    + ", which does not exist. Repair or remove the link.";
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
        if (nameBytes > MAX_NAME_BYTES) {
            return "has a name of " + nameBytes + " bytes; " + MAX_NAME_BYTES + " is the maximum. Rename it.";
        }
        if (age(entry).isNegative() && age(entry).abs().compareTo(LEFT) >= 0) {
            return "was changed in the future, at " + modified(entry)
                    + ", so it is not clear whether it is complete. Check the clock, or touch the file.";
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

    /** The path in a form that fits in one line of a log. */
    private static String shown(Path path) {
        return CONTROL.matcher(path.toString())
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
