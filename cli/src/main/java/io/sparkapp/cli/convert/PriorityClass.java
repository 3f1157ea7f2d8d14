package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.AppDraft;

/** An application has one priority: its pods' and its place in the queue. */
final class PriorityClass {

  private PriorityClass() {}

  static void into(AppDraft draft, String name, Source field, Findings findings) {
    if (!draft.setIfAbsent("priorityClassName", name)
        && !draft.text("priorityClassName").orElse("").equals(name)) {
      findings.lost(
          field,
          "an application has one priority, and that is "
              + draft.text("priorityClassName").orElse("")
              + ".");
    }
  }
}
