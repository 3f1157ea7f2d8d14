package io.sparkapp.crds;

/** How an attempt came to its end. */
public enum AttemptOutcome {
  /** Its driver ended well. */
  Succeeded,
  /** The application is to blame, as far as anybody knows. */
  Failed,
  /** Its driver was taken from outside: node lost, drained, preempted, pod deleted. */
  Lost,
  /** Its user suspended it. */
  Suspended,
  /** Its user changed what it could not take in, with {@code updateStrategy: Restart}. */
  Changed
}
