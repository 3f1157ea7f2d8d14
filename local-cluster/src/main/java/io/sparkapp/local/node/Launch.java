package io.sparkapp.local.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start: nothing in it is the container's any more, all paths are the machine's.
 *
 * @param environment all of it; nothing is inherited
 */
record Launch(List<String> command, Map<String, String> environment, Path workingDirectory) {}
