package dev.holdfast.architecture.bad.conversation;

import dev.holdfast.architecture.bad.Root;

class AsksMain {
    Root root;
}
