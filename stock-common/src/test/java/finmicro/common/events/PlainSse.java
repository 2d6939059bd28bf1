package finmicro.common.events;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.lang.reflect.Type;

/** Makes events without a server: that of JAX-RS can only be had in one. */
final class PlainSse implements Sse {

    @Override
    public OutboundSseEvent.Builder newEventBuilder() {
        return new Event();
    }

    @Override
    public SseBroadcaster newBroadcaster() {
        throw new UnsupportedOperationException();
    }

    private static final class Event implements OutboundSseEvent, OutboundSseEvent.Builder {

        private String name;
        private String comment;
        private Object data;

        @Override
        public Builder id(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Builder name(String given) {
            name = given;
            return this;
        }

        @Override
        public Builder reconnectDelay(long milliseconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Builder mediaType(MediaType mediaType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Builder comment(String given) {
            comment = given;
            return this;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Builder data(Class type, Object given) {
            return data(given);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Builder data(GenericType type, Object given) {
            return data(given);
        }

        @Override
        public Builder data(Object given) {
            data = given;
            return this;
        }

        @Override
        public OutboundSseEvent build() {
            return this;
        }

        @Override
        public Class<?> getType() {
            return String.class;
        }

        @Override
        public Type getGenericType() {
            return String.class;
        }

        @Override
        public MediaType getMediaType() {
            return MediaType.TEXT_PLAIN_TYPE;
        }

        @Override
        public Object getData() {
            return data;
        }

        @Override
        public String getId() {
            return null;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getComment() {
            return comment;
        }

        @Override
        public long getReconnectDelay() {
            return RECONNECT_NOT_SET;
        }

        @Override
        public boolean isReconnectDelaySet() {
            return false;
        }
    }
}
