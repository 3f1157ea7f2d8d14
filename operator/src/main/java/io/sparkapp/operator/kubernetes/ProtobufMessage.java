package io.sparkapp.operator.kubernetes;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of a Protocol Buffers message that are wanted of it, by their numbers; all others are
 * passed over. Made once for a kind of message and read with ever after.
 *
 * <p>API servers write a field that was never given and one that is zero alike, where JSON writes
 * neither. So what is zero is left out here too, but for fields that JSON always has, or that are
 * written only when they were given: these are said to be given.
 *
 * @param <T> what is made of it
 */
final class ProtobufMessage<T> {

  /** Both are numbered so in each entry of a map. */
  private static final int KEY = 1;

  private static final int VALUE = 2;

  private final Supplier<T> empty;
  private final Map<Integer, Field<T>> fields = new HashMap<>();

  /** A field whose tag has been read. */
  @FunctionalInterface
  interface Field<T> {

    void read(CodedInputStream in, T into) throws IOException;
  }

  /** The value of a field whose tag has been read. */
  @FunctionalInterface
  interface Value<V> {

    V read(CodedInputStream in) throws IOException;
  }

  /** An entry of a map; there is one reader at a time. */
  private static final class Entry<V> {
    private String key = "";
    private V value;
  }

  /**
   * @param empty with what a field is that is not there
   */
  ProtobufMessage(Supplier<T> empty) {
    this.empty = empty;
  }

  ProtobufMessage<T> text(int number, BiConsumer<T, String> set) {
    return field(
        number,
        (in, into) -> {
          String text = in.readString();
          if (!text.isEmpty()) {
            set.accept(into, text);
          }
        });
  }

  <V> ProtobufMessage<T> given(int number, Value<V> value, BiConsumer<T, V> set) {
    return field(number, (in, into) -> set.accept(into, value.read(in)));
  }

  ProtobufMessage<T> whole(int number, BiConsumer<T, Long> set) {
    return field(
        number,
        (in, into) -> {
          long whole = in.readInt64();
          if (whole != 0) {
            set.accept(into, whole);
          }
        });
  }

  ProtobufMessage<T> flag(int number, BiConsumer<T, Boolean> set) {
    return field(
        number,
        (in, into) -> {
          if (in.readBool()) {
            set.accept(into, true);
          }
        });
  }

  /** A moment as JSON has it, in whole seconds. */
  ProtobufMessage<T> time(int number, BiConsumer<T, String> set) {
    return field(
        number,
        (in, into) -> {
          Moment moment = Moment.MESSAGE.nested(in);
          if (moment.there) {
            set.accept(into, Instant.ofEpochSecond(moment.seconds).toString());
          }
        });
  }

  <M> ProtobufMessage<T> message(int number, ProtobufMessage<M> message, BiConsumer<T, M> set) {
    return given(number, message::nested, set);
  }

  /** A field that is there once for each element of a list. */
  <V> ProtobufMessage<T> each(int number, Value<V> value, Function<T, List<V>> list) {
    return field(number, (in, into) -> list.apply(into).add(value.read(in)));
  }

  /** A field that is there once for each entry of a map whose keys are texts. */
  <V> ProtobufMessage<T> entries(int number, Value<V> value, Function<T, Map<String, V>> map) {
    ProtobufMessage<Entry<V>> message =
        new ProtobufMessage<Entry<V>>(Entry::new)
            .given(KEY, CodedInputStream::readString, (entry, key) -> entry.key = key)
            .given(VALUE, value, (entry, read) -> entry.value = read);
    return field(
        number,
        (in, into) -> {
          Entry<V> entry = message.nested(in);
          map.apply(into).put(entry.key, entry.value);
        });
  }

  private ProtobufMessage<T> field(int number, Field<T> field) {
    fields.put(number, field);
    return this;
  }

  /**
   * Reads one to the end of the input.
   *
   * @throws com.google.protobuf.InvalidProtocolBufferException when it is none, or not whole
   */
  T read(CodedInputStream in) throws IOException {
    T into = empty.get();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Field<T> field = fields.get(tag >>> 3);
      if (field == null) {
        in.skipField(tag);
      } else {
        field.read(in, into);
      }
    }
    return into;
  }

  /** Reads one that is the value of a field. */
  T nested(CodedInputStream in) throws IOException {
    int before = in.pushLimit(in.readRawVarint32());
    T read = read(in);
    in.popLimit(before);
    return read;
  }

  /** {@code meta/v1}'s Time: of none there is nothing but an empty message. */
  private static final class Moment {

    private static final ProtobufMessage<Moment> MESSAGE =
        new ProtobufMessage<Moment>(Moment::new)
            .given(1, CodedInputStream::readInt64, (moment, seconds) -> moment.at(seconds));

    private boolean there;
    private long seconds;

    void at(long given) {
      there = true;
      seconds = given;
    }
  }
}
