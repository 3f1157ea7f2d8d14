package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TicketsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] KEY = "key".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  @Test
  void aTicketIsGoodForItsApplicationAndForAnHourAtAnyReplica() {
    String ticket = at(NOW, KEY).issue("uid-1");

    assertThat(at(NOW.plusSeconds(3599), KEY).isGood(ticket, "uid-1")).isTrue();
    assertThat(at(NOW.plusSeconds(3600), KEY).isGood(ticket, "uid-1")).isFalse();
    assertThat(at(NOW, KEY).isGood(ticket, "uid-2")).isFalse();
    assertThat(at(NOW, new byte[] {1}).isGood(ticket, "uid-1")).isFalse();
  }

  @Test
  void whatIsNoTicketIsGoodForNothing() {
    String ticket = at(NOW, KEY).issue("uid-1");

    for (String forged : new String[] {"", "AAAA", "?", ticket + "AA", "B" + ticket.substring(1)}) {
      assertThat(at(NOW, KEY).isGood(forged, "uid-1")).as(forged).isFalse();
    }
  }

  private static Tickets at(Instant now, byte[] key) {
    return new Tickets(key, Clock.fixed(now, ZoneOffset.UTC));
  }
}
