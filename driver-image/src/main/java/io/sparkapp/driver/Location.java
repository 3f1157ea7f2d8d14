package io.sparkapp.driver;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a file is that the program needs.
 *
 * @param text as the user wrote it
 * @param field the field that names it, for the user to find
 */
record Location(String text, String field) {

  private static final Set<String> WEB = Set.of("http", "https", "ftp");

  /** Without the name that follows {@code #}. */
  String address() {
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }

  /** The name that it is to have; the one that it has when nothing else was asked for. */
  String name() {
    return alias().orElseGet(this::ownName);
  }

  /** The last part of its path. */
  String ownName() {
    String path = address().replaceFirst("[?].*$", "").replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What follows {@code #}. */
  Optional<String> alias() {
    int hash = text.indexOf('#');
    return hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1));
  }

  /** Whether this pod has it already. */
  boolean inThisPod() {
    String scheme = scheme();
    return scheme.isEmpty() || scheme.equals("local") || scheme.equals("file");
  }

  /** Whether one of Hadoop's file systems has to fetch it. */
  boolean needsFileSystem() {
    return !inThisPod() && !WEB.contains(scheme());
  }

  /** In lower case; empty for a bare path. */
  String scheme() {
    try {
      String scheme = URI.create(address().replace(" ", "%20")).getScheme();
      return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new ProgramNotFoundException(text + " of " + field + " is no address of a file.", e);
    }
  }
}
