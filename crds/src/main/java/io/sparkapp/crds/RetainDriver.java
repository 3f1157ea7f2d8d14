package io.sparkapp.crds;

/** Whether a driver's pod stays for its log once the driver has ended. */
public enum RetainDriver {
  /** Until the application is deleted; of several attempts the last two. */
  Always,
  /** The same, but only if it did not end well. */
  OnFailure,
  /** It goes at once. */
  Never;

  /** Whether the pod of a driver that ended so stays. */
  public boolean keeps(boolean succeeded) {
    return switch (this) {
      case Always -> true;
      case OnFailure -> !succeeded;
      case Never -> false;
    };
  }
}
