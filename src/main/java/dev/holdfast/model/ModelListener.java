package dev.holdfast.model;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;

/**
 * Hears a reply as it comes. Called by one thread at a time, in order; the last call is {@link #completed} or {@link
 * #failed}, exactly one of them unless the call was cancelled. Must not block.
 */
public interface ModelListener {

    /**
     * More of a block.
     *
     * @param block index of the block: 0, then never lower than before and never more than one higher
     * @param kind the same for all pieces of one block
     * @param piece never empty; a surrogate pair may be split between two pieces
     */
    void piece(int block, Block.Kind kind, String piece);

    /** The provider's seal over the thinking block {@code block}. */
    void signature(int block, String signature);

    /**
     * The reply is whole.
     *
     * @param stop {@link Stop#COMPLETE} or {@link Stop#LENGTH}
     * @param usage {@link Usage#NONE} if the provider did not tell
     */
    void completed(Stop stop, Usage usage);

    /** There will be no more; what came so far stays true. */
    void failed(ModelFailure failure);
}
