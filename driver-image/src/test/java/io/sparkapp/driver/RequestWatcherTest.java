package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestWatcherTest {

  private static final long WHEN_IT_IS_CUT_OFF = 75_000;

  /** Answers gets with version 1 and watches with what the test prepared. */
  private static final class FakeSource implements RequestWatcher.Source {

    final Deque<String> watches = new ArrayDeque<>();
    final List<String> calls = new ArrayList<>();
    boolean away;
    boolean there = true;

    @Override
    public Optional<JsonNode> get() throws IOException {
      calls.add("get");
      if (away) {
        throw new IOException("connection refused");
      }
      return there
          ? Optional.of(new ObjectMapper().readTree("{\"metadata\": {\"resourceVersion\": \"1\"}}"))
          : Optional.empty();
    }

    @Override
    public InputStream watch(Optional<String> resourceVersion, Duration atMost) throws IOException {
      calls.add("watch " + resourceVersion.orElse("from the beginning"));
      if (watches.isEmpty()) {
        throw new IOException("403 Forbidden");
      }
      return new ByteArrayInputStream(watches.remove().getBytes(StandardCharsets.UTF_8));
    }
  }

  private final FakeSource source = new FakeSource();
  private final List<String> heard = new ArrayList<>();
  private final ManualScheduler threads = new ManualScheduler();

  @AfterEach
  void shutDown() {
    threads.shutdownNow();
  }

  @Test
  void hearsTheObjectAndItsChangesAndResumesWhereTheWatchEnded() {
    source.watches.add(event("MODIFIED", 2) + event("BOOKMARK", 5));
    source.watches.add(event("MODIFIED", 6));
    start(this::note);

    threads.runNext();
    threads.runNext();

    assertThat(heard).containsExactly("1", "2", "6");
    assertThat(source.calls).containsExactly("get", "watch 1", "watch 5");
  }

  @Test
  void anObjectVersionThatIsGoneIsFetchedAnew() {
    source.watches.add(
        "{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"code\": 410}}\n");
    source.watches.add(event("MODIFIED", 9));
    start(this::note);

    threads.runNext();
    threads.runNext();

    assertThat(source.calls).containsExactly("get", "watch 1", "get", "watch 1");
    assertThat(heard).containsExactly("1", "1", "9");
  }

  @Test
  void whileTheApiServerIsAwayItIsAskedLessAndLessOften() {
    source.away = true;
    start(this::note);

    List<Long> pauses = pauses(9);

    assertThat(pauses).isSorted().startsWith(200L, 400L, 800L).endsWith(10_000L);
    source.away = false;
    source.watches.add(event("MODIFIED", 2));
    threads.runNext();
    assertThat(heard).containsExactly("1", "2");
    assertThat(threads.delays()).containsExactly(200L);
  }

  @Test
  void aWatchThatIsRefusedIsNotTriedMoreOftenBecauseTheGetBeforeItWorked() {
    start(this::note);

    assertThat(pauses(4)).containsExactly(200L, 400L, 800L, 1600L);
  }

  @Test
  void aWatchThatSaysNothingAndEndsAtOnceIsNoReasonToAskInALoop() {
    source.watches.addAll(List.of("", "", ""));
    start(this::note);

    assertThat(pauses(3)).containsExactly(400L, 800L, 1600L);
  }

  @Test
  void anAnswerThatCanNotBeTakenInKeepsNoLaterOneAway() {
    source.watches.add(event("MODIFIED", 2) + "no JSON\n");
    source.watches.add(event("MODIFIED", 3));
    start(
        request -> {
          note(request);
          throw new IllegalStateException("Spark has stopped");
        });

    threads.runNext();
    threads.runNext();

    assertThat(heard).containsExactly("1", "2", "1", "3");
  }

  @Test
  void anObjectThatIsNotThereYetIsWaitedFor() {
    source.there = false;
    source.watches.add(event("ADDED", 3) + event("MODIFIED", 4));
    start(this::note);

    threads.runNext();

    assertThat(source.calls).containsExactly("get", "watch from the beginning");
    assertThat(heard).containsExactly("3", "4");
  }

  @Test
  void anObjectThatIsDeletedIsToldOfOnce() {
    source.watches.add(event("DELETED", 2));
    source.watches.add("");
    source.watches.add("");
    start(this::note);

    threads.runNext();
    source.there = false;
    threads.runNext();
    threads.runNext();

    assertThat(heard).containsExactly("1", "gone");
  }

  private void start(Consumer<JsonNode> listener) {
    new RequestWatcher(source, listener, () -> heard.add("gone"), threads).start();
  }

  private void note(JsonNode request) {
    heard.add(request.at("/metadata/resourceVersion").asText());
  }

  private List<Long> pauses(int rounds) {
    List<Long> pauses = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      threads.runNext();
      assertThat(threads.delays()).hasSize(1).doesNotContain(WHEN_IT_IS_CUT_OFF);
      pauses.add(threads.delays().get(0));
    }
    return pauses;
  }

  private static String event(String type, int version) {
    return "{\"type\": \"%s\", \"object\": {\"metadata\": {\"resourceVersion\": \"%d\"}}}\n"
        .formatted(type, version);
  }
}
