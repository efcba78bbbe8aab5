package dev.holdfast.store;

import dev.holdfast.journal.LineCodec;
import java.util.Optional;

class ClearCatalogTest extends CatalogContract {
    @Override
    Optional<LineCodec> codec() {
        return Optional.empty();
    }
}
