package dev.holdfast.model;

/** A model behind HTTP: any {@link WireFormat} over the shared {@link ProviderClient}. */
final class StreamingModel implements ChatModel {
    private final ProviderClient client;
    private final WireFormat format;

    StreamingModel(ProviderClient client, WireFormat format) {
        this.client = client;
        this.format = format;
    }

    @Override
    public String name() {
        return format.failures().model();
    }

    @Override
    public String rendered(ModelRequest request) {
        return format.body(request).toString();
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        return client.start(format, request, listener);
    }
}
