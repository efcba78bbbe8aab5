/**
 * The chat page over HTTP.
 *
 * <pre>
 *   GuardFilter      who may ask at all: Host, origin, and the headers of every answer
 *    └─ FrontServlet one entry; finds the servlet in Routes, hands static files to the container
 *        └─ ActionServlet*   one an action: parse → validate → act → render
 *            ├─ Form                what came in
 *            ├─ Authentication      who asks: a Browser, somebody signed in, whom a proxy names
 *            ├─ Pages, Views        what goes out as HTML (Thymeleaf)
 *            ├─ MessageJson         what goes out as JSON
 *            └─ EventStream         what goes out as it happens (SSE), without a thread
 *                ├─ EventFormat     how an event is written: once for all readers of a conversation
 *                ├─ Pumps           writes to the connections, many by one task
 *                └─ SharedStream    the same of several conversations and the list, for all tabs of a browser
 * </pre>
 *
 * <p>May import {@code conversation}, {@code config} and {@code lifecycle}.
 */
package dev.holdfast.web;
