package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** {@linkplain MetadataLists Metadata}, and of it no more than which object, in which version. */
final class VersionMessages {

  private static final ProtobufMessage<ObjectMeta> METADATA =
      new ProtobufMessage<ObjectMeta>(ObjectMeta::new)
          .text(1, ObjectMeta::setName)
          .text(3, ObjectMeta::setNamespace)
          .text(6, ObjectMeta::setResourceVersion);

  private static final ProtobufMessage<GenericKubernetesResource> OBJECT =
      new ProtobufMessage<GenericKubernetesResource>(GenericKubernetesResource::new)
          .message(1, METADATA, GenericKubernetesResource::setMetadata);

  /** All objects of a list. */
  static final ProtobufMessage<GenericKubernetesResourceList> OBJECTS =
      new ProtobufMessage<GenericKubernetesResourceList>(GenericKubernetesResourceList::new)
          .each(2, OBJECT::nested, GenericKubernetesResourceList::getItems);

  private VersionMessages() {}
}
