package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.cli.submit.AppName;
import io.sparkapp.crds.SparkApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Converts the text of a file: manifests of other operators, or a spark-submit command line. */
public final class Converter {

  private static final String KUBEFLOW = "sparkoperator.k8s.io/v1beta2";
  private static final Set<String> APACHE =
      Set.of("spark.apache.org/v1", "spark.apache.org/v1beta1", "spark.apache.org/v1alpha1");
  private static final Set<String> FOREIGN =
      Set.of("sparkoperator.k8s.io", "spark.apache.org", "spark.stackable.tech");
  private static final List<String> LIST_METADATA =
      List.of("resourceVersion", "continue", "remainingItemCount", "selfLink");
  private static final String OURS = SparkApp.GROUP + "/" + SparkApp.VERSION;

  private Converter() {}

  /**
   * Converts all that a text has.
   *
   * @param namespace of all that is converted; empty for the one that the text says
   * @throws UnreadableException when it is neither YAML nor a command line
   */
  public static Conversion convert(String text, Optional<String> namespace) {
    if (CommandLineText.isIn(text)) {
      return CommandLineConversion.ofScript(text, namespace);
    }
    Conversion whole = new Conversion(List.of(), List.of());
    for (Source document : YamlReader.read(text)) {
      whole = whole.and(document(document, namespace));
    }
    if (whole.manifests().isEmpty() && whole.findings().isEmpty()) {
      throw new UnreadableException(0, "there is nothing in it.");
    }
    return whole;
  }

  private static Conversion document(Source document, Optional<String> namespace) {
    String apiVersion = said(document, "apiVersion");
    String kind = said(document, "kind");
    if (!document.isMapping() || kind.isEmpty() || apiVersion.isEmpty()) {
      throw new UnreadableException(
          document.line(),
          "this is no Kubernetes object (it needs apiVersion and kind) and no spark-submit command"
              + " line.");
    }
    Optional<Source> items = document.field("items").filter(Source::isSequence);
    return kind.endsWith("List") && items.isPresent()
        ? list(document, items.get(), namespace)
        : object(document, apiVersion, kind, namespace);
  }

  /** What kubectl get prints of several objects. */
  private static Conversion list(Source document, Source items, Optional<String> namespace) {
    read(document);
    Findings findings = new Findings();
    document
        .field("metadata")
        .ifPresent(
            metadata ->
                LIST_METADATA.forEach(name -> metadata.field(name).ifPresent(Source::whole)));
    Conversion all = new Conversion(List.of(), List.of());
    for (Source item : items.elements()) {
      all = all.and(document(item, namespace));
      item.whole();
    }
    document.unread().forEach(field -> findings.lost(field, "a List has no such field."));
    return all.and(new Conversion(List.of(), findings.inOrder()));
  }

  private static Conversion object(
      Source document, String apiVersion, String kind, Optional<String> namespace) {
    Findings findings = new Findings();
    List<ObjectNode> manifests = new ArrayList<>();
    AppDraft draft = new AppDraft();
    namespace.ifPresent(name -> draft.metadata().put("namespace", name));
    if (apiVersion.equals(KUBEFLOW) && kind.equals("SparkApplication")) {
      application(document, draft, findings, manifests, true);
    } else if (apiVersion.equals(KUBEFLOW) && kind.equals("ScheduledSparkApplication")) {
      schedule(document, draft, findings, manifests);
    } else if (APACHE.contains(apiVersion) && kind.equals("SparkApplication")) {
      application(document, draft, findings, manifests, false);
    } else if (FOREIGN.contains(apiVersion.replaceFirst("/.*$", ""))) {
      findings.lost(
          document.at("kind"),
          kind + " of " + apiVersion + ": SparkApps have no such kind." + hint(kind));
      document.whole();
    } else {
      manifests.add((ObjectNode) document.whole());
      findings.note(
          document.at("kind"),
          kind
              + (apiVersion.equals(OURS) ? " is one already, " : " is of another kind, ")
              + "and left as it is.");
    }
    document
        .unread()
        .forEach(
            field ->
                findings.lost(
                    field,
                    "a SparkApp has nothing that corresponds to it: it is unknown here as a field of "
                        + kind
                        + ", or has a value of another type than there."));
    return new Conversion(manifests, findings.inOrder());
  }

  private static String hint(String kind) {
    return switch (kind) {
      case "SparkConnect", "SparkConnectServer" ->
          " A SparkApp with main.connect is a Spark Connect server.";
      case "SparkCluster" -> " The operator's queues share the cluster; nothing stands by.";
      case "SparkHistoryServer" -> " The chart has a history server.";
      default -> "";
    };
  }

  private static void application(
      Source document,
      AppDraft draft,
      Findings findings,
      List<ObjectNode> manifests,
      boolean kubeflow) {
    read(document);
    new Metadata(findings).into(draft.metadata(), document, AppName.LONGEST);
    Source spec = document.field("spec").orElse(document);
    manifests.addAll(
        kubeflow
            ? new SparkOperatorApplication(spec, draft, findings).convert()
            : new ApacheApplication(spec, draft, findings).convert());
    manifests.add(draft.manifest());
  }

  private static void schedule(
      Source document, AppDraft draft, Findings findings, List<ObjectNode> manifests) {
    read(document);
    new Metadata(findings).into(draft.metadata(), document, AppName.LONGEST_OF_SCHEDULE);
    ObjectNode metadata = draft.orderedMetadata();
    Source spec = document.field("spec").orElse(document);
    Source template = spec.field("template").orElse(spec);
    manifests.addAll(new SparkOperatorApplication(template, draft, findings).convert());
    ObjectNode schedule = JsonNodeFactory.instance.objectNode();
    schedule.put("apiVersion", OURS).put("kind", "ScheduledSparkApp");
    schedule.set("metadata", metadata);
    schedule.set("spec", new SparkOperatorSchedule(findings).spec(spec, draft.spec()));
    manifests.add(schedule);
  }

  private static void read(Source document) {
    document.text("apiVersion");
    document.text("kind");
  }

  private static String said(Source document, String name) {
    Source field = document.fields().get(name);
    return field == null || field.isMapping() || field.isSequence() ? "" : field.text().orElse("");
  }
}
