package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.Remark;
import io.sparkapp.cli.submit.Remark.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Collects findings about one document. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** The field is carried over, in another way than one might expect. */
  void note(Source field, String sentence) {
    all.add(new Finding(field.line(), field.path(), Kind.NOTE, sentence));
  }

  /** The field is not carried over; all of it counts as read. */
  void lost(Source field, String sentence) {
    field.whole();
    all.add(new Finding(field.line(), field.path(), Kind.LOST, sentence));
  }

  /** Something within a field, at a path of its own. */
  void lost(Source field, String path, String sentence) {
    all.add(new Finding(field.line(), path, Kind.LOST, sentence));
  }

  /** The same of any kind. */
  void add(Kind kind, Source field, String path, String sentence) {
    all.add(new Finding(field.line(), path, kind, sentence));
  }

  /**
   * Remarks about properties.
   *
   * @param sources where each of them stands
   */
  void remarks(List<Remark> remarks, Map<String, Source> sources, Source otherwise) {
    for (Remark remark : remarks) {
      Source source = sources.getOrDefault(remark.subject(), otherwise);
      boolean said = source.path().endsWith(remark.subject()) || source != otherwise;
      all.add(
          new Finding(
              source.line(),
              said ? source.path() : source.path() + ": " + remark.subject(),
              remark.kind(),
              remark.sentence()));
    }
  }

  /** In the order of the file. */
  List<Finding> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }
}
