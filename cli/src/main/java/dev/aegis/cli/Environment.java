package dev.aegis.cli;

import java.nio.file.Path;

/**
 * Where a command runs.
 *
 * @param reference the folder of the reference that projects are made from
 * @param folder the user's current folder
 */
record Environment(Path reference, Path folder) {}
