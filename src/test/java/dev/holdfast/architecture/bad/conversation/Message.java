package dev.holdfast.architecture.bad.conversation;

public class Message {}
