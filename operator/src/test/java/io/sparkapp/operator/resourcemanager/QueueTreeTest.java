package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.QueueTree.Checked;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueueTreeTest {

  @Test
  void rootAndDefaultAreThereWithoutBeingMade() {
    assertThat(QueueTree.BARE.names()).containsExactly("root", "default");
    assertThat(tree("a", "").inForce().names()).containsExactly("root", "a", "default");
  }

  @Test
  void aTreeIsOfAnyDepth() {
    Checked checked = tree("a", "", "b", "parent: a", "c", "parent: b", "d", "parent: c");

    assertThat(checked.faults()).isEmpty();
    assertThat(checked.inForce().names()).containsExactly("root", "a", "b", "c", "d", "default");
    assertThat(checked.inForce().queue("d").orElseThrow().leaf()).isTrue();
    assertThat(checked.inForce().queue("b").orElseThrow().leaf()).isFalse();
  }

  @Test
  void aCircleIsNamedAndTheLastGoodTreeStays() {
    QueueTree good = tree("a", "", "b", "parent: a").inForce();
    Checked checked = tree(good, "a", "parent: b", "b", "parent: a");

    assertThat(checked.inForce()).isEqualTo(good);
    assertThat(checked.faults())
        .containsOnly(
            Map.entry(
                "a",
                "Queue a is above itself: a is under b, which is under a. Give one of them another"
                    + " parent."));
  }

  @Test
  void aQueueWithoutParentIsLeftOut() {
    Checked checked = tree("a", "parent: nowhere", "b", "", "c", "parent: a");

    assertThat(checked.inForce().names()).containsExactly("root", "b", "default");
    assertThat(checked.faults())
        .containsEntry(
            "a", "The parent of queue a, nowhere, does not exist: create it, or name another one.")
        .containsKey("c");
    assertThat(checked.inForce().missing("a"))
        .isEqualTo(
            "Queue a is not in force: The parent of queue a, nowhere, does not exist: create it, or"
                + " name another one.");
  }

  @Test
  void aChildThatIsPromisedTooMuchStaysAsItWas() {
    QueueTree good =
        tree(
                "team", "guaranteed: {cpu: 10}",
                "x", "{parent: team, guaranteed: {cpu: 6}}",
                "y", "{parent: team, guaranteed: {cpu: 4}}")
            .inForce();
    Checked checked =
        tree(
            good,
            "team",
            "guaranteed: {cpu: 10}",
            "x",
            "{parent: team, guaranteed: {cpu: 8}}",
            "y",
            "{parent: team, guaranteed: {cpu: 4}, weight: 2}");

    assertThat(checked.faults())
        .hasEntrySatisfying(
            "x",
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "The queues under team are guaranteed 12 cores together (x, y), team has 10"
                            + " cores: lower the guarantee of one of them, or raise that of team."));
    assertThat(checked.inForce().spec("x").orElseThrow().guaranteed()).containsEntry("cpu", "6");
  }

  @Test
  void aParentThatIsGivenLessThanItPromisesStaysAsItWas() {
    QueueTree good =
        tree("team", "guaranteed: {cpu: 10}", "x", "{parent: team, guaranteed: {cpu: 6}}")
            .inForce();
    Checked checked =
        tree(good, "team", "guaranteed: {cpu: 5}", "x", "{parent: team, guaranteed: {cpu: 6}}");

    assertThat(checked.faults()).containsOnlyKeys("team");
    assertThat(checked.inForce()).isEqualTo(good);
  }

  @Test
  void aResourceThatThereIsNotIsNamed() {
    assertThat(tree("a", "guaranteed: {gpus: 4}").faults())
        .containsEntry(
            "a",
            "spec.guaranteed of queue a names the resource gpus, which there is not: write cpu,"
                + " memory, or an extended resource with its domain, as nvidia.com/gpu.");
    assertThat(tree("a", "perUser: {max: {memory: 16Ei}}").faults()).containsOnlyKeys("a");
    assertThat(tree("a", "max: {cpu: many}").faults())
        .containsEntry(
            "a",
            "spec.max of queue a says cpu: many, which is no amount: write it as a pod's requests"
                + " have it.");
  }

  @Test
  void lessThanNothingIsNoAmount() {
    assertThat(tree("a", "max: {cpu: -1}").faults())
        .containsEntry("a", "spec.max of queue a says cpu: -1, which is less than nothing.");
  }

  @Test
  void aGuaranteeBeyondItsOwnMaximumIsAFault() {
    assertThat(tree("a", "{guaranteed: {cpu: 4}, max: {cpu: 2}}").faults())
        .containsEntry(
            "a",
            "Queue a is guaranteed 4 cores but may have at most 2 cores: lower spec.guaranteed or"
                + " raise spec.max.");
  }

  @Test
  void oneFaultDoesNotHoldUpTheOthers() {
    QueueTree good = tree("a", "", "b", "weight: 1").inForce();
    Checked checked = tree(good, "a", "parent: nowhere", "b", "weight: 5");

    assertThat(checked.inForce().spec("b").orElseThrow().weight()).isEqualTo(5);
    assertThat(checked.inForce().spec("a").orElseThrow().parent()).isNull();
  }

  private static Checked tree(String... namesAndSpecs) {
    return tree(QueueTree.BARE, namesAndSpecs);
  }

  private static Checked tree(QueueTree lastGood, String... namesAndSpecs) {
    Map<String, SparkQueueSpec> specs = new TreeMap<>();
    for (int each = 0; each < namesAndSpecs.length; each += 2) {
      specs.put(namesAndSpecs[each], Queues.spec(namesAndSpecs[each + 1]));
    }
    return QueueTree.of(specs, lastGood);
  }
}
