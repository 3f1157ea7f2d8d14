package io.sparkapp.waits;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has every {@code await()} of a JVM that runs tests be one that a slow machine does not break:
 *
 * <ul>
 *   <li>A condition that throws an exception does not hold yet. What it looks at may not be there
 *       before the first status, or be refused until a right is in force; Awaitility itself would
 *       end the wait at once. An exception that lasts is the cause of the timeout.
 *   <li>An assertion within {@code until} still fails at once.
 *   <li>Without {@code atMost} it lasts {@link #LONGEST}: only a test that fails takes that long.
 * </ul>
 *
 * <p>JUnit finds it by its entry in {@code META-INF/services}.
 */
public final class PatientWaits implements LauncherSessionListener {

  /** In place of Awaitility's ten seconds. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LONGEST);
    Awaitility.ignoreExceptionsByDefaultMatching(Exception.class::isInstance);
  }
}
