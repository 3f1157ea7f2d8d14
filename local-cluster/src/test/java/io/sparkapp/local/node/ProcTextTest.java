package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcTextTest {
  @Test
  void theSessionIsFoundBehindAnyProcessName() {
    assertThat(ProcessTree.sessionOf("4711 (a) (b c) S 1 4710 4709 0 -1 4194560 1 2"))
        .isEqualTo(4709);
  }

  @Test
  void memoryThatCanBeTakenBackIsNotCounted() {
    String status =
        """
        Name:	java
        VmRSS:	    5000 kB
        RssAnon:	    3000 kB
        RssFile:	    1500 kB
        RssShmem:	     500 kB
        """;
    assertThat(MemoryWatch.ownMemory(status)).isEqualTo(3500 * 1024);
    assertThat(MemoryWatch.ownMemory("Name:	zombie\nState:	Z (zombie)\n")).isZero();
  }
}
