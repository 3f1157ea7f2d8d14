package io.sparkapp.operator.kubernetes;

import com.google.protobuf.CodedInputStream;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.List;

/**
 * Lists of objects without what they say ({@code meta/v1}'s PartialObjectMetadataList), and of
 * their metadata no more than which object it is, and in which version.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables">how
 *     other forms of a list are asked for</a>
 */
final class VersionMessages {

  /** How they are asked for. */
  static final String ACCEPT =
      "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private static final String KIND = "meta.k8s.io/v1 PartialObjectMetadataList";

  private static final ProtobufMessage<ObjectMeta> METADATA =
      new ProtobufMessage<ObjectMeta>(ObjectMeta::new)
          .text(1, ObjectMeta::setName)
          .text(3, ObjectMeta::setNamespace)
          .text(6, ObjectMeta::setResourceVersion);

  private static final ProtobufMessage<GenericKubernetesResource> OBJECT =
      new ProtobufMessage<GenericKubernetesResource>(GenericKubernetesResource::new)
          .message(1, METADATA, GenericKubernetesResource::setMetadata);

  private static final ProtobufMessage<GenericKubernetesResourceList> OBJECTS =
      new ProtobufMessage<GenericKubernetesResourceList>(GenericKubernetesResourceList::new)
          .each(2, OBJECT::nested, GenericKubernetesResourceList::getItems);

  private VersionMessages() {}

  /**
   * Reads an answer.
   *
   * @throws IOException when it is of another kind, or not whole
   */
  static List<GenericKubernetesResource> read(byte[] answer) throws IOException {
    CodedInputStream list = ProtobufReading.object(answer, KIND).newCodedInput();
    return OBJECTS.read(list).getItems();
  }
}
