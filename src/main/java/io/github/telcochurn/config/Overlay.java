package io.github.telcochurn.config;

/**
 * A setting that overrides earlier ones.
 *
 * @param source where it comes from, as the user knows it, for messages
 */
public record Overlay(String source, String key, String value) {}
