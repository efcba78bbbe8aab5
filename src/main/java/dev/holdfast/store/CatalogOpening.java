package dev.holdfast.store;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.LineCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an index, whatever its state. It is read through once to see that every file is as it was written; one that is
 * not, is of another format or sealed by a key that is not there, is erased and begun anew.
 */
final class CatalogOpening {
    /** @param rebuilt whether it was begun anew */
    record Opened(CatalogIndex index, boolean rebuilt) {}

    private static final Logger LOG = LoggerFactory.getLogger(CatalogOpening.class);
    private static final String FORM = "holdfast";
    /** In MB; reached only when an encrypted index is unsealed into memory. */
    private static final double WRITTEN_AT_ONCE = 64;

    private CatalogOpening() {}

    /** Never fails: what cannot be on disk is in memory. */
    static Opened open(Disk disk, Path folder, Optional<LineCodec> codec, Executor background) throws IOException {
        try {
            return open(IndexFolder.open(disk, folder), folder, codec, background);
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "{} cannot hold the index of conversations, so it is in memory only and built again at each start: {}",
                    folder,
                    e.toString());
            return inMemory();
        }
    }

    private static Opened open(IndexFolder index, Path folder, Optional<LineCodec> codec, Executor background)
            throws IOException {
        try {
            if (DirectoryReader.indexExists(index)) {
                return new Opened(existing(index, codec, background), false);
            }
        } catch (LockObtainFailedException e) {
            throw e; // somebody else's
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The index in {} cannot be used and is built anew from the conversations: {}",
                    folder,
                    e.toString());
        }
        index.erase();
        return new Opened(made(index, codec), true);
    }

    static Opened inMemory() throws IOException {
        return new Opened(made(new ByteBuffersDirectory(), Optional.empty()), true);
    }

    private static CatalogIndex existing(IndexFolder index, Optional<LineCodec> codec, Executor background)
            throws IOException {
        String form = form(codec);
        try (DirectoryReader reader = DirectoryReader.open(index)) {
            String found = reader.getIndexCommit().getUserData().getOrDefault(FORM, "unknown");
            if (!found.equals(form)) {
                throw new IOException("its form is " + found + ", expected " + form);
            }
            for (LeafReaderContext leaf : reader.leaves()) {
                ((CodecReader) leaf.reader()).checkIntegrity();
            }
        }
        return codec.isPresent()
                ? SealedIndex.open(index, form, codec.get(), SealedIndex.MOST_TEXT, background)
                : ClearIndex.open(index, form);
    }

    private static CatalogIndex made(Directory directory, Optional<LineCodec> codec) throws IOException {
        return codec.isPresent()
                ? SealedIndex.make(directory, form(codec), codec.get(), SealedIndex.MOST_TEXT)
                : ClearIndex.make(directory, form(codec));
    }

    private static String form(Optional<LineCodec> codec) {
        return CatalogDocument.FORMAT + (codec.isPresent() ? " sealed" : " clear");
    }

    /** A writer whose commits say that they are of this form. */
    static IndexWriter writer(Directory directory, String form, OpenMode mode) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(CatalogWords.ofTexts());
        config.setOpenMode(mode);
        config.setRAMBufferSizeMB(WRITTEN_AT_ONCE);
        config.setCommitOnClose(false);
        IndexWriter writer = new IndexWriter(directory, config);
        writer.setLiveCommitData(Map.of(FORM, form).entrySet());
        return writer;
    }
}
