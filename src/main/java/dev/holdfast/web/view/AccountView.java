package dev.holdfast.web.view;

/**
 * As whom one is signed in, for {@code chat.html}.
 *
 * @param name an address, or what a proxy calls the person
 * @param leaves whether one can sign out here
 * @param operator whether the person may see how the server is
 * @param unclaimed conversations that this browser began before and about which it is to be asked; 0 if there are none
 */
public record AccountView(String name, boolean leaves, boolean operator, int unclaimed) {}
