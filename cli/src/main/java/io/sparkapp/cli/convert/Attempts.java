package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.crds.RestartSpec;

/** Other operators count what follows the first attempt, a SparkApp counts attempts. */
final class Attempts {

  private Attempts() {}

  static void ofRetries(AppDraft draft, long retries, Source field, Findings findings) {
    long attempts = Math.max(1, retries + 1);
    draft.set("restart.maxAttempts", (int) Math.min(attempts, RestartSpec.MOST_ATTEMPTS));
    if (attempts > RestartSpec.MOST_ATTEMPTS) {
      findings.note(field, "there are at most " + RestartSpec.MOST_ATTEMPTS + " attempts.");
    }
  }
}
