package io.sparkapp.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {
  @Test
  void whatIsAddedWhileItIsWorkedOnIsWorkedOnOnceMore() {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch twice = new CountDownLatch(2);
    try (KeyedQueue<String> queue =
        new KeyedQueue<>(
            "test",
            2,
            key -> {
              if (key.equals("other")) {
                other.countDown();
                return Optional.empty();
              }
              runs.incrementAndGet();
              working.countDown();
              awaited(goOn);
              twice.countDown();
              return Optional.empty();
            })) {
      queue.add("key");
      awaited(working);
      queue.add("key");
      queue.add("key");
      queue.add("other");
      awaited(other);
      assertThat(runs).as("one thread per key").hasValue(1);

      goOn.countDown();

      awaited(twice);
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void whatFailsComesAgain() {
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    try (KeyedQueue<String> queue =
        new KeyedQueue<>(
            "test",
            1,
            key -> {
              if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              done.countDown();
              return Optional.empty();
            })) {
      queue.add("key");
      awaited(done);
    }
    assertThat(tries).hasValue(3);
  }

  @Test
  void workMayAskToComeAgain() {
    CountDownLatch twice = new CountDownLatch(2);
    try (KeyedQueue<String> queue =
        new KeyedQueue<>(
            "test",
            1,
            key -> {
              twice.countDown();
              return Optional.of(Duration.ofMillis(1));
            })) {
      queue.add("key");
      awaited(twice);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
