package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A guarantee is claimed from whoever is beyond their own. */
class GuaranteesTest {

  private static final Duration DELAY = Duration.ofSeconds(5);

  @Test
  void aGuaranteeDeepInTheTreeIsClaimedFromAnywhere() {
    for (String team : new String[] {"guaranteed: {cpu: 6}", ""}) {
      Queues queues =
          Queues.onCores(10)
              .queue("team", team)
              .queue("deep", "{parent: team, guaranteed: {cpu: 4}}")
              .queue("other", "")
              .submit("borrower", "other", 0, 9)
              .podsOf("borrower", 0)
              .submit("owner", "deep", 3, 3)
              .after(DELAY)
              .after(DELAY)
              .givesBack("borrower");

      assertThat(queues.runs("owner")).as("under a team with %s", team).isTrue();
      assertThat(queues.granted("borrower")).isEqualTo(5);
    }
  }

  @Test
  void withinATeamOnlyWhoIsBeyondItsOwnGuaranteeGives() {
    Queues queues =
        Queues.onCores(10)
            .queue("team", "guaranteed: {cpu: 5}")
            .queue("deep", "{parent: team, guaranteed: {cpu: 2}}")
            .queue("greedy", "{parent: team, guaranteed: {cpu: 1}}")
            .queue("other", "guaranteed: {cpu: 5}")
            .submit("greedy", "greedy", 0, 4)
            .podsOf("greedy", 0)
            .submit("innocent", "other", 0, 4)
            .podsOf("innocent", 0)
            .submit("owner", "deep", 1, 1)
            .after(DELAY)
            .after(DELAY);

    assertThat(queues.granted("innocent")).isEqualTo(4);
    assertThat(queues.granted("greedy")).isEqualTo(2);
  }

  @Test
  void whatIsKeptFreeForOthersIsNoReasonToGoWithoutAGuarantee() {
    Queues queues =
        Queues.onCores(12)
            .queue("d", "{guaranteed: {cpu: 4}, lending: {cpu: 0}}")
            .queue("a", "guaranteed: {cpu: 6}")
            .queue("b", "")
            .submit("borrower", "b", 0, 20)
            .podsOf("borrower", 0);
    assertThat(queues.granted("borrower")).isEqualTo(7);

    queues.submit("owner", "a", 1, 1).after(DELAY).after(DELAY).givesBack("borrower");

    assertThat(queues.runs("owner")).isTrue();
  }

  @Test
  void oneThatIsTooLargeDoesNotHideAGuaranteeFromThoseBehindIt() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 3}")
            .queue("b", "")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0)
            .submit("large", "a", 6, 6)
            .submit("small", "a", 1, 1)
            .after(DELAY)
            .givesBack("borrower");

    assertThat(queues.runs("small")).isTrue();
    assertThat(queues.runs("large")).isFalse();
  }

  @Test
  void whoWantsMoreForAsLongAsItRunsKeepsNobodyFromStarting() {
    Queues queues =
        Queues.onCores(10)
            .queue("default", "max: {cpu: 10}")
            .submit("endless", "default", 0, 1000)
            .podsOf("endless", 0)
            .submit("late", "default", 1, 1)
            .after(Duration.ofMinutes(10))
            .asks("endless", 7);

    assertThat(queues.runs("late")).as("executors are still there").isFalse();
    queues.givesBack("endless").asks("endless", 1000);
    assertThat(queues.runs("late")).isTrue();
  }

  @Test
  void noMoreIsClaimedThanCanStart() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 8}, maxRunningApplications: 1}")
            .queue("b", "preemption: {pace: 100}")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0);
    for (int each = 0; each < 4; each++) {
      queues.submit("app" + each, "a", 1, 1);
    }

    queues.after(DELAY);
    for (int round = 0; round < 5; round++) {
      queues.after(Reclaiming.ROUND);
    }

    assertThat(queues.granted("borrower")).isEqualTo(7);
  }

  @Test
  void eachRoundGivesItsExecutorsTheWholeTimeToLeave() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 8}, preemption: {pace: 10}}")
            .queue("b", "")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 5, 5)
            .after(DELAY);
    String first = queues.allocation("borrower").reclaim().get(0).before();

    queues.after(Duration.ofSeconds(20));

    assertThat(queues.allocation("borrower").reclaim().get(0).before()).isGreaterThan(first);
  }
}
