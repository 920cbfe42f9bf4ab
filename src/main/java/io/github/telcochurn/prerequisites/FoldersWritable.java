package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The folders that a run writes to are writable. */
public record FoldersWritable(List<Path> folders) implements Prerequisite {
    public FoldersWritable {
        folders = List.copyOf(folders);
    }

    @Override
    public String name() {
        return "folders";
    }

    @Override
    public String check() {
        for (Path folder : folders) {
            try {
                Files.createDirectories(folder);
                Files.delete(Files.createTempFile(folder, "probe", null));
            } catch (IOException e) {
                throw new MissingPrerequisite(
                        folder + " cannot be written: " + e + ". Make it writable for this user.", e);
            }
        }
        return folders.stream().map(folder -> folder.getFileName().toString()).collect(Collectors.joining(", "))
                + " can be written";
    }
}
