package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.AppName;
import java.util.List;
import java.util.Set;

/** Name, namespace, labels and annotations; the rest of metadata is the API server's. */
final class Metadata {

  private static final Set<String> SERVERS =
      Set.of(
          "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final Findings findings;

  Metadata(Findings findings) {
    this.findings = findings;
  }

  /** Takes what is to be kept. */
  void into(ObjectNode metadata, Source document, int longest) {
    document.field("metadata").ifPresent(source -> fields(metadata, source, longest));
    if (!metadata.has("name") && !metadata.has("generateName")) {
      metadata.put("name", "spark");
      findings.lost(
          document, "metadata.name", "there is no name; the application is called spark here.");
    }
    document
        .field("status")
        .ifPresent(
            status -> {
              status.whole();
              findings.note(status, "it is left out: it tells of the old application.");
            });
  }

  private void fields(ObjectNode metadata, Source source, int longest) {
    source
        .field("name")
        .ifPresent(
            name ->
                name.text().ifPresent(text -> metadata.put("name", named(text, name, longest))));
    source.text("generateName").ifPresent(prefix -> metadata.put("generateName", prefix));
    source
        .text("namespace")
        .filter(namespace -> !metadata.has("namespace"))
        .ifPresent(namespace -> metadata.put("namespace", namespace));
    for (String kind : new String[] {"labels", "annotations"}) {
      source
          .field(kind)
          .filter(Source::isMapping)
          .ifPresent(
              entries ->
                  entries
                      .fields()
                      .forEach(
                          (name, value) ->
                              value
                                  .text()
                                  .filter(text -> !name.equals(LAST_APPLIED))
                                  .ifPresent(
                                      text -> metadata.withObjectProperty(kind).put(name, text))));
    }
    List<String> servers = source.fields().keySet().stream().filter(SERVERS::contains).toList();
    servers.forEach(name -> source.fields().get(name).whole());
    if (!servers.isEmpty()) {
      findings.note(
          source,
          "what the API server keeps there is left out: " + String.join(", ", servers) + ".");
    }
  }

  private String named(String text, Source name, int longest) {
    String made = AppName.of(text, longest);
    if (!made.equals(text)) {
      findings.note(
          name,
          "becomes "
              + made
              + ": at most "
              + longest
              + " lower case letters, digits and dashes, starting with a letter.");
    }
    return made;
  }
}
