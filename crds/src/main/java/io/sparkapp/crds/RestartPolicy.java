package io.sparkapp.crds;

/** After which ends of an attempt the application is tried again. */
public enum RestartPolicy {
  /** It is not. */
  Never,
  /** After every end that was no success. */
  OnFailure,
  /** Only when its node, a drain or a more important pod took the driver. */
  OnInfrastructureFailure,
  /** After every end, a success too: for what is to run for ever. */
  Always
}
