package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StyleTest {

  private static final Optional<Terminal> TERMINAL = Terminal.parse("24 80");

  @Test
  void coloursAreForTerminalsUnlessSomebodySaysOtherwise() {
    assertThat(Style.of(Style.When.auto, TERMINAL, null, "xterm").on()).isTrue();
    assertThat(Style.of(Style.When.auto, TERMINAL, "", "xterm").on()).isTrue();
    assertThat(Style.of(Style.When.auto, TERMINAL, "1", "xterm").on()).isFalse();
    assertThat(Style.of(Style.When.auto, TERMINAL, null, "dumb").on()).isFalse();
    assertThat(Style.of(Style.When.auto, Optional.empty(), null, "xterm").on()).isFalse();
    assertThat(Style.of(Style.When.always, Optional.empty(), "1", null).on()).isTrue();
    assertThat(Style.of(Style.When.never, TERMINAL, null, "xterm").on()).isFalse();
  }

  @Test
  void withoutColoursTextIsAsItIs() {
    assertThat(Style.PLAIN.phase(Phase.Failed, "Failed")).isEqualTo("Failed");
    assertThat(new Style(true).phase(Phase.Failed, "Failed"))
        .isEqualTo("\u001b[31mFailed\u001b[0m");
  }

  @Test
  void aTerminalIsWhatSttySays() {
    assertThat(Terminal.parse("40 120")).contains(new Terminal(40, 120));
    assertThat(Terminal.parse("")).isEmpty();
    assertThat(Terminal.parse("0 0")).isEmpty();
  }

  @Test
  void aLiveScreenIsDrawnInItsPlaceAndNeverLongerThanTheTerminal() {
    StringWriter out = new StringWriter();
    LiveScreen screen = new LiveScreen(new PrintWriter(out), new Terminal(4, 80));

    screen.show(List.of("a", "b"));
    screen.show(List.of("1", "2", "3", "4", "5"));

    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[J\u001b[?7la\nb\n\u001b[?7h"
                + "\u001b[2A\r\u001b[J\u001b[?7l1\n2\n... and 3 more\n\u001b[?7h");
  }
}
