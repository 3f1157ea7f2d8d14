package io.sparkapp.crds;

/** Where an application stands. */
public enum Phase {
  /** Not admitted by its queue yet. */
  Waiting(false),
  /** Pods are created; the driver does not run yet. */
  Starting(false),
  /** The driver runs. */
  Running(false),
  /** Its user has suspended it; nothing of it runs. */
  Suspended(false),
  /** An attempt has ended and another one follows after a pause. */
  Restarting(false),
  /** The driver ended well; nothing of the application is left but its driver's pod and logs. */
  Succeeded(true),
  /** The application ended otherwise; {@code status.message} says why. */
  Failed(true);

  private final boolean terminal;

  Phase(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether no further phase follows. */
  public boolean isTerminal() {
    return terminal;
  }
}
