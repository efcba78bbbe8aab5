/**
 * What people do with conversations: open one, say something, stop a reply, let it go idle, come back. The pages and the
 * terminal talk to this room and to nothing below it.
 *
 * <pre>
 *   Conversations ── who may do what with which conversation; opens and releases them
 *    ├─ IdleWatch       active → warned → paused → expired, by a clock that only goes forward
 *    ├─ ListFeed        who watches whose list
 *    ├─ Gate            how much may be asked for: a RateFence a minute, a TurnFence at once; a Passage is one request's
 *    └─ TurnRunner      (agent)
 *   ResumeLinks   ── makes links and codes, turns them into grants
 *    ├─ ResumeMails     mails them, until the mail server has taken them
 *    └─ Fence           how often something may be tried
 *   People        ── who may use the page
 *    ├─ Identity        tells browsers apart
 *    └─ SignIn          by a mailed link, if AllowList has the address
 *   Claims        ── makes what a browser had its person's
 * </pre>
 *
 * <p>May import {@code conversation}, {@code config}, {@code store}, {@code window}, {@code agent}, {@code mail} and, for
 * making secrets, {@code protect}.
 */
package dev.holdfast.lifecycle;
