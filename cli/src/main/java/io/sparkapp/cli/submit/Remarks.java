package io.sparkapp.cli.submit;

import io.sparkapp.cli.submit.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects remarks in the order in which they come up. */
public final class Remarks {

  private final List<Remark> all = new ArrayList<>();

  /** See {@link Kind#NOTE}. */
  public void note(String subject, String sentence) {
    all.add(new Remark(Kind.NOTE, subject, sentence));
  }

  /** See {@link Kind#LOST}. */
  public void lost(String subject, String sentence) {
    all.add(new Remark(Kind.LOST, subject, sentence));
  }

  /** See {@link Kind#REFUSED}. */
  public void refused(String subject, String sentence) {
    all.add(new Remark(Kind.REFUSED, subject, sentence));
  }

  void add(Kind kind, String subject, String sentence) {
    all.add(new Remark(kind, subject, sentence));
  }

  /** All of them so far. */
  public List<Remark> all() {
    return List.copyOf(all);
  }

  /** All of them, with the subjects that have another name to the user under that name. */
  public List<Remark> all(Map<String, String> names) {
    return all.stream()
        .map(
            remark ->
                new Remark(
                    remark.kind(),
                    names.getOrDefault(remark.subject(), remark.subject()),
                    remark.sentence()))
        .toList();
  }
}
