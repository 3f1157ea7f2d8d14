package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.cli.ApplicationRun.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"", "frob", "run", "run a.yaml b.yaml", "kill", "logs x --executor one"})
  void argumentsThatMakeNoSenseGetOneLineAndExitCodeTwo(String arguments) {
    assertThat(execute(arguments)).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("--help").doesNotContain("Exception");
  }

  @Test
  void onlySuccessHasExitCodeZero() {
    assertThat(new Outcome(true, "The application succeeded."))
        .returns(0, Outcome::exitCode)
        .returns("Succeeded", Outcome::line);
    assertThat(new Outcome(false, "main threw."))
        .returns(1, Outcome::exitCode)
        .returns("Failed: main threw.", Outcome::line);
  }

  private int execute(String arguments) {
    return Main.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }
}
