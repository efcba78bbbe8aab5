package dev.holdfast.architecture.bad.conversation;

import dev.holdfast.architecture.bad.store.Store;

class AsksStore {
    Store[] stores;
}
