package dev.holdfast.journal;

/** Bugs that somebody could make in the journal, each a change of one place in a source; the campaigns must find all. */
enum SeededBug {
    MESSAGE_NOT_FORCED(
            SmallCampaign.CRASH,
            "A message is acknowledged when it is written, not when it is forced.",
            "JournalWriter",
            """
                    if (force) {
                        force();
                    }
            """,
            ""),
    ACKNOWLEDGED_FIRST(
            SmallCampaign.CRASH,
            "Lines are acknowledged before they are written.",
            "Journal",
            "            writeBodies(batch);\n",
            "            batch.forEach(line -> line.acknowledged().complete(0L));\n            writeBodies(batch);\n"),
    FORCED_IF_ALL_ASK(
            SmallCampaign.CRASH, "A message that is written together with a delta is not forced.", "Journal", """
                    boolean force = false;
                    for (Waiting line : batch) {
                        bodies.add(line.body());
                        force |= line.force();
            """, """
                    boolean force = true;
                    for (Waiting line : batch) {
                        bodies.add(line.body());
                        force &= line.force();
            """),
    TORN_WRITE_STAYS(
            SmallCampaign.CRASH,
            "What a failed write left is not cut off.",
            "JournalWriter",
            "opened.truncate(end);",
            "opened.size();"),
    CUT_NOT_FORCED(
            SmallCampaign.CRASH,
            "The cut behind a failed write is not forced: its whole lines come back behind a delta.",
            "JournalWriter",
            """
                        throw refusal;
                    }
                    force();
            """,
            """
                        throw refusal;
                    }
            """),
    CUT_AT_THE_WRONG_END(
            SmallCampaign.CRASH,
            "The end moves on though the write failed.",
            "JournalWriter",
            "            cutBack(e);",
            "            end += length;\n            cutBack(e);"),
    NUMBERS_USED_UP(
            SmallCampaign.CRASH,
            "A failed write uses up the numbers of its lines.",
            "JournalWriter",
            "            cutBack(e);",
            "            lastSeq += bodies.size();\n            cutBack(e);"),
    SHORT_WRITE_IS_WHOLE(
            SmallCampaign.FULL_DISK,
            "A write that took a part of the bytes is taken for a whole one.",
            "DiskFile",
            "while (source.hasRemaining())",
            "if (source.hasRemaining())"),
    FAILED_FORCE_IGNORED(
            SmallCampaign.FAULT,
            "A force that failed is taken for one that did not.",
            "JournalWriter",
            "            opened.force();\n",
            """
                        try {
                            opened.force();
                        } catch (IOException ignored) {
                            opened.size();
                        }
            """),
    GOES_ON_AFTER_A_FAILED_FORCE(
            SmallCampaign.CRASH,
            "After a failed force the next line is written, forced with success, and acknowledged.",
            "JournalWriter",
            """
                        refuse(new JournalException(
                                file,
                                "could not be forced to the disk: " + reason(e) + ". Its last lines may be lost.",
                                REOPEN,
                                e));
                        throw refusal;
            """,
            "            throw new JournalException(file, \"could not be forced\", REOPEN, e);\n"),
    FAILED_FORCE_FORGOTTEN(
            SmallCampaign.CRASH,
            "That a force failed is not known any more when the file is opened again.",
            "JournalWriter",
            "            distrust.declare(e);\n",
            ""),
    FAILED_FORCE_NOT_PASSED_ON(
            SmallCampaign.CRASH,
            "That a force failed is not known to the next process.",
            "Distrust",
            "disk.create(warning).close();",
            "disk.exists(warning);"),
    DISTRUSTED_FILE_GOES_ON(
            SmallCampaign.CRASH,
            "A file of which a force failed is opened and gone on with, not replaced.",
            "JournalOpening",
            "if (distrust.declared())",
            "if (distrust.declared() && file == null)"),
    OPENED_UNFORCED(
            SmallCampaign.CRASH,
            "What a killed process had only written is shown before it is forced.",
            "JournalOpening",
            "            force(opened);\n            disk.forceFolder",
            "            disk.forceFolder"),
    NAME_OPENED_UNFORCED(
            SmallCampaign.CRASH,
            "A file whose maker was killed is shown before its name is forced.",
            "JournalOpening",
            "            disk.forceFolder(WholeFile.folder(file));",
            ""),
    CLOSED_UNFORCED(
            SmallCampaign.CRASH,
            "Closing does not force what was only written.",
            "JournalWriter",
            "if (unforced && refusal == null)",
            "if (unforced && refusal != null)"),
    TORN_END_STAYS(
            SmallCampaign.FAULT,
            "The next line is glued to a torn end.",
            "JournalOpening",
            "        long end = scan.soundEnd();\n        long size = opened.size();",
            "        long end = opened.size();\n        long size = end;"),
    TORN_END_NOT_KEPT(
            SmallCampaign.FULL_DISK,
            "A torn end is cut off and kept nowhere.",
            "JournalOpening",
            "quarantine.keep(file, opened, end, size)",
            "file"),
    DAMAGE_TAKEN_FOR_THE_END(
            SmallCampaign.DAMAGE,
            "A bad line is taken for the torn end, and all behind it is cut off.",
            "OurLines",
            "if (!held.isEmpty() && !frame.settles())",
            "if (!held.isEmpty())"),
    CHECKSUM_NOT_CHECKED(
            SmallCampaign.DAMAGE,
            "A changed line is read as if it had been written so.",
            "JournalFormat",
            "return digits.equals(digits(crc));",
            "return !digits.isEmpty();"),
    DOUBLE_LINE_READ_TWICE(
            SmallCampaign.DAMAGE,
            "A line that is there twice is handed on twice.",
            "OurLines",
            "if (content.seq() < expected)",
            "if (content.seq() < 0)"),
    GAP_NOT_REPORTED(
            SmallCampaign.DAMAGE,
            "Lines that are missing are not reported.",
            "OurLines",
            "if (begins > expected && !behindBadStretch)",
            "if (begins < 0)"),
    WRONG_MARK(
            SmallCampaign.CRASH_OF_PACKED,
            "The mark behind packed lines says a wrong size.",
            "GzipFraming",
            "GzipMember.mark(member.length)",
            "GzipMember.mark(member.length + 1)"),
    NEW_NAME_NOT_FORCED(
            SmallCampaign.CRASH,
            "A new file's name is not forced.",
            "WholeFile",
            "        disk.forceFolder(folder(file));\n    }\n\n    private static void writeAndVerify",
            "        if (!asNew) disk.forceFolder(folder(file));\n    }\n\n    private static void writeAndVerify"),
    REPLACEMENT_NOT_FORCED(
            SmallCampaign.REPLACE,
            "That a file was replaced is not forced.",
            "WholeFile",
            "        disk.forceFolder(folder(file));\n    }\n\n    private static void writeAndVerify",
            "        if (asNew) disk.forceFolder(folder(file));\n    }\n\n    private static void writeAndVerify"),
    CONTENT_NOT_FORCED(
            SmallCampaign.CRASH,
            "A file gets its name before its content is forced.",
            "WholeFile",
            "        opened.force();\n",
            ""),
    NOT_READ_BACK(
            SmallCampaign.REPLACE,
            "What was written is not compared with what is read back.",
            "WholeFile",
            "checksum(opened, sink.size) != sink.checksum.getValue()",
            "checksum(opened, sink.size) == -1"),
    MADE_OVER_ANOTHER(
            SmallCampaign.CRASH,
            "A new file is put in the place of one that is there.",
            "WholeFile",
            "if (asNew && disk.exists(file))",
            "if (asNew && file == null)"),
    OLDER_FILE_COUNTS(
            SmallCampaign.REWRITE,
            "Of two files the one of the lower generation counts.",
            "JournalFiles",
            "            .thenComparing(JournalReport::form)\n            .reversed();",
            "            .thenComparing(JournalReport::form);"),
    REWRITING_GOES_ON_IN_THE_OLD_FILE(
            SmallCampaign.REWRITE,
            "When a rewriting fails after the new file got its name, lines go on into the old one, which does not count.",
            "Journal",
            "            file = rewrite.find(file);\n",
            ""),
    REMOVAL_NOT_FORCED(
            SmallCampaign.REWRITE,
            "After a change of form the old file comes back.",
            "JournalRewrite",
            "            disk.forceFolder(WholeFile.folder(file));\n",
            ""),
    MESSAGES_DROPPED(
            SmallCampaign.REWRITE,
            "A rewriting offers messages for dropping too.",
            "LinePacker",
            "JournalFormat.isDelta(line.json()) && how.superfluous().test(line)",
            "how.superfluous().test(line)");

    /** What must find it. */
    final SmallCampaign campaign;

    /** What is wrong, for people. */
    final String sentence;

    /** Which class is changed. */
    final String className;

    final String original;
    final String changed;

    SeededBug(SmallCampaign campaign, String sentence, String className, String original, String changed) {
        this.campaign = campaign;
        this.sentence = sentence;
        this.className = className;
        this.original = original;
        this.changed = changed;
    }
}
