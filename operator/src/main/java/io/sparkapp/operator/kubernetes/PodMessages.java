package io.sparkapp.operator.kubernetes;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.io.IOException;
import java.util.Optional;

/**
 * Lists of pods as API servers write them in Protocol Buffers, with what {@link
 * io.sparkapp.operator.applicationmaster.CachedForm} keeps of a pod and no more. The numbers are
 * those of Kubernetes' own {@code generated.proto}s of {@code core/v1}, {@code meta/v1} and {@code
 * resource}; they never change.
 */
final class PodMessages {

  private static final ProtobufMessage.Value<String> TEXT = CodedInputStream::readString;

  private static final ProtobufMessage.Value<Quantity> QUANTITY =
      new ProtobufMessage<Quantity>(Quantity::new)
              .given(1, TEXT, (quantity, text) -> parse(text, quantity))
          ::nested;

  private static final ProtobufMessage<ResourceClaim> CLAIM =
      new ProtobufMessage<ResourceClaim>(ResourceClaim::new)
          .given(1, TEXT, ResourceClaim::setName)
          .text(2, ResourceClaim::setRequest);

  private static final ProtobufMessage<ResourceRequirements> RESOURCES =
      new ProtobufMessage<ResourceRequirements>(ResourceRequirements::new)
          .entries(1, QUANTITY, ResourceRequirements::getLimits)
          .entries(2, QUANTITY, ResourceRequirements::getRequests)
          .each(3, CLAIM::nested, ResourceRequirements::getClaims);

  private static final ProtobufMessage<Container> CONTAINER =
      new ProtobufMessage<Container>(Container::new)
          .given(1, TEXT, Container::setName)
          .text(2, Container::setImage)
          .message(8, RESOURCES, Container::setResources)
          .given(24, TEXT, Container::setRestartPolicy);

  private static final ProtobufMessage<PodSchedulingGate> GATE =
      new ProtobufMessage<PodSchedulingGate>(PodSchedulingGate::new)
          .given(1, TEXT, PodSchedulingGate::setName);

  private static final ProtobufMessage<PodSpec> SPEC =
      new ProtobufMessage<PodSpec>(PodSpec::new)
          .each(2, CONTAINER::nested, PodSpec::getContainers)
          .text(10, PodSpec::setNodeName)
          .flag(11, PodSpec::setHostNetwork)
          .text(19, PodSpec::setSchedulerName)
          .each(20, CONTAINER::nested, PodSpec::getInitContainers)
          .text(24, PodSpec::setPriorityClassName)
          .each(38, GATE::nested, PodSpec::getSchedulingGates);

  private static final ProtobufMessage<ContainerStateWaiting> WAITING =
      new ProtobufMessage<ContainerStateWaiting>(ContainerStateWaiting::new)
          .text(1, ContainerStateWaiting::setReason)
          .text(2, ContainerStateWaiting::setMessage);

  private static final ProtobufMessage<ContainerStateRunning> RUNNING =
      new ProtobufMessage<ContainerStateRunning>(ContainerStateRunning::new)
          .time(1, ContainerStateRunning::setStartedAt);

  private static final ProtobufMessage<ContainerStateTerminated> TERMINATED =
      new ProtobufMessage<ContainerStateTerminated>(ContainerStateTerminated::new)
          .given(1, CodedInputStream::readInt32, ContainerStateTerminated::setExitCode)
          .whole(2, (end, signal) -> end.setSignal(signal.intValue()))
          .text(3, ContainerStateTerminated::setReason)
          .text(4, ContainerStateTerminated::setMessage)
          .time(5, ContainerStateTerminated::setStartedAt)
          .time(6, ContainerStateTerminated::setFinishedAt);

  private static final ProtobufMessage<ContainerState> STATE =
      new ProtobufMessage<ContainerState>(ContainerState::new)
          .message(1, WAITING, ContainerState::setWaiting)
          .message(2, RUNNING, ContainerState::setRunning)
          .message(3, TERMINATED, ContainerState::setTerminated);

  private static final ProtobufMessage<ContainerStatus> CONTAINER_STATUS =
      new ProtobufMessage<ContainerStatus>(ContainerStatus::new)
          .given(1, TEXT, ContainerStatus::setName)
          .message(2, STATE, ContainerStatus::setState)
          .given(5, CodedInputStream::readInt32, ContainerStatus::setRestartCount);

  private static final ProtobufMessage<PodCondition> CONDITION =
      new ProtobufMessage<PodCondition>(PodCondition::new)
          .given(1, TEXT, PodCondition::setType)
          .given(2, TEXT, PodCondition::setStatus)
          .text(5, PodCondition::setReason)
          .text(6, PodCondition::setMessage);

  private static final ProtobufMessage<PodStatus> STATUS =
      new ProtobufMessage<PodStatus>(PodStatus::new)
          .text(1, PodStatus::setPhase)
          .each(2, CONDITION::nested, PodStatus::getConditions)
          .text(3, PodStatus::setMessage)
          .text(4, PodStatus::setReason)
          .text(6, PodStatus::setPodIP)
          .time(7, PodStatus::setStartTime)
          .each(8, CONTAINER_STATUS::nested, PodStatus::getContainerStatuses)
          .each(10, CONTAINER_STATUS::nested, PodStatus::getInitContainerStatuses);

  private static final ProtobufMessage<OwnerReference> OWNER =
      new ProtobufMessage<OwnerReference>(OwnerReference::new)
          .given(1, TEXT, OwnerReference::setKind)
          .given(3, TEXT, OwnerReference::setName)
          .given(4, TEXT, OwnerReference::setUid)
          .given(5, TEXT, OwnerReference::setApiVersion)
          .given(6, CodedInputStream::readBool, OwnerReference::setController)
          .given(7, CodedInputStream::readBool, OwnerReference::setBlockOwnerDeletion);

  private static final ProtobufMessage<ObjectMeta> METADATA =
      new ProtobufMessage<ObjectMeta>(ObjectMeta::new)
          .text(1, ObjectMeta::setName)
          .text(3, ObjectMeta::setNamespace)
          .text(5, ObjectMeta::setUid)
          .text(6, ObjectMeta::setResourceVersion)
          .whole(7, ObjectMeta::setGeneration)
          .time(8, ObjectMeta::setCreationTimestamp)
          .time(9, ObjectMeta::setDeletionTimestamp)
          .given(10, CodedInputStream::readInt64, ObjectMeta::setDeletionGracePeriodSeconds)
          .entries(11, TEXT, ObjectMeta::getLabels)
          .entries(12, TEXT, ObjectMeta::getAnnotations)
          .each(13, OWNER::nested, ObjectMeta::getOwnerReferences)
          .each(14, TEXT, ObjectMeta::getFinalizers);

  private static final ProtobufMessage<Pod> POD =
      new ProtobufMessage<Pod>(Pod::new)
          .message(1, METADATA, Pod::setMetadata)
          .message(2, SPEC, Pod::setSpec)
          .message(3, STATUS, Pod::setStatus);

  private static final ProtobufMessage<ListMeta> PAGE =
      new ProtobufMessage<ListMeta>(ListMeta::new)
          .text(2, ListMeta::setResourceVersion)
          .text(3, ListMeta::setContinue)
          .given(4, CodedInputStream::readInt64, ListMeta::setRemainingItemCount);

  /** A page of pods. */
  static final ProtobufMessage<PodList> PODS =
      new ProtobufMessage<PodList>(PodList::new)
          .message(1, PAGE, PodList::setMetadata)
          .each(2, POD::nested, PodList::getItems);

  /** A page of pods of which nothing is said but their metadata. */
  static final ProtobufMessage<PodList> PODS_METADATA =
      new ProtobufMessage<PodList>(PodList::new)
          .message(1, PAGE, PodList::setMetadata)
          .each(
              2,
              new ProtobufMessage<Pod>(PodMessages::unsaid).message(1, METADATA, Pod::setMetadata)
                  ::nested,
              PodList::getItems);

  /** Of a page what is said of the page: it comes first. */
  private static final ProtobufMessage<PodList> NO_PODS =
      new ProtobufMessage<PodList>(PodList::new).message(1, PAGE, PodList::setMetadata);

  private PodMessages() {}

  private static Pod unsaid() {
    Pod pod = new Pod();
    pod.setSpec(new PodSpec());
    return pod;
  }

  /** With what the page after one of pods, or of metadata, is asked for; empty on the last. */
  static Optional<String> continued(ByteString page) throws IOException {
    return Optional.ofNullable(NO_PODS.read(page.newCodedInput()).getMetadata())
        .map(ListMeta::getContinue);
  }

  /** Number and unit apart, as the client has them of JSON. */
  private static void parse(String text, Quantity into) {
    Quantity read = new Quantity(text);
    into.setAmount(read.getAmount());
    into.setFormat(read.getFormat());
  }
}
