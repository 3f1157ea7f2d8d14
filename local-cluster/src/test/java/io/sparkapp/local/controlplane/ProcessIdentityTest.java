package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  @Test
  void findsTheVeryProcessAndNotALaterOneOfTheSameNumber() {
    ProcessIdentity self = ProcessIdentity.ofThisProcess();

    assertThat(self.find()).contains(ProcessHandle.current());
    assertThat(new ProcessIdentity(self.pid(), "another birth").find()).isEmpty();
  }

  @Test
  void survivesBeingWrittenDown() {
    ProcessIdentity self = ProcessIdentity.ofThisProcess();

    assertThat(ProcessIdentity.parse(self.toText() + "\n")).contains(self);
    assertThat(ProcessIdentity.parse("")).isEmpty();
    assertThat(ProcessIdentity.parse("12")).isEmpty();
    assertThat(ProcessIdentity.parse("-1 x")).isEmpty();
  }

  @Test
  void readsTheStartOfAProcessWhoseNameHasBlanksAndParentheses() {
    String stat =
        "42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 3 4 0 0 20 0 1 0 987654 1000 10 18446744";

    assertThat(ProcessIdentity.startTicks(stat)).isEqualTo("987654");
  }
}
