package io.github.telcochurn.ingest;

/**
 * Where reading resumes.
 *
 * @param row number of the next row, from 1
 * @param line the file's line on which it begins, from 1
 * @param byteOffset where it begins in the file, or in the decompressed content of a compressed one
 */
public record CsvPosition(long row, long line, long byteOffset) {}
