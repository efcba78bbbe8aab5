package dev.holdfast.architecture.bad.attic;

class Forgotten {}
