package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.cli.submit.MainLocation;
import io.sparkapp.cli.submit.Remarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program of an application: which kind it is, its file tells. */
final class MainFile {

  private static final String CONNECT_SERVER =
      "org.apache.spark.sql.connect.service.SparkConnectServer";

  private final AppDraft draft;
  private final Findings findings;

  MainFile(AppDraft draft, Findings findings) {
    this.draft = draft;
    this.findings = findings;
  }

  /** Reads the three fields of a spec that say it. */
  void of(Source spec, String file, String mainClass, String arguments) {
    Optional<Source> named = spec.field(mainClass);
    Optional<String> className = named.flatMap(Source::text);
    Optional<Source> source = spec.field(file);
    Optional<String> location = source.flatMap(Source::text);
    if (className.filter(CONNECT_SERVER::equals).isPresent()) {
      draft.set("main.connect", JsonNodeFactory.instance.objectNode());
      source.ifPresent(
          each -> findings.note(each, "it is not needed: the server is in the images."));
    } else if (location.isPresent()) {
      program(location.get(), source.get(), className, named);
    } else {
      findings.lost(spec, spec.path() + "." + file, "there is no program to run.");
    }
    arguments(spec, arguments);
  }

  /** The program's arguments. */
  void arguments(Source spec, String name) {
    List<String> arguments =
        spec.field(name).filter(Source::isSequence).stream()
            .flatMap(list -> list.elements().stream())
            .flatMap(element -> element.text().stream())
            .toList();
    draft.arguments(arguments);
  }

  /** A program at a location. */
  void program(String location, Source source, Optional<String> className, Optional<Source> named) {
    String kind = MainLocation.kind(location);
    Remarks remarks = new Remarks();
    MainLocation.of(source.path(), location, SaidProperties.files(), remarks)
        .ifPresent(place -> draft.set("main." + kind, place));
    findings.remarks(remarks.all(), Map.of(source.path(), source), source);
    if (kind.equals("jar")) {
      className.ifPresentOrElse(
          name -> draft.set("main.class", name),
          () ->
              findings.lost(
                  source,
                  source.path(),
                  "which class's main is called is not said; set spec.main.class."));
    } else {
      className.ifPresent(
          name ->
              findings.note(
                  named.orElseThrow(), "it says nothing about a program that is no jar."));
    }
  }
}
