package dev.holdfast.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Finding;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Quarantined;
import java.util.List;
import java.util.Locale;

/**
 * What a check finds, as an object a line, sound files too, and at last the totals:
 *
 * <pre>
 *   {"conversation":"01j…","file":"conversations/xy/01j….jsonl","health":"damaged","form":"plain","lines":12,
 *    "torn_bytes":0,"damage":[{"line":3,"offset":301,"bytes":95,"sentence":"…"}],"damage_left_out":0,"sentence":""}
 *   {"totals":{"files":1,"sound":0,"healed":0,"damaged":1,"locked":0,"unchecked":0,"unreadable":0,"torn_bytes":0,
 *    "damaged_places":1,"damaged_bytes":95,"quarantined_files":0,"quarantined_bytes":0}}
 * </pre>
 */
final class DoctorJson extends DoctorReport {
    /** So many places of one file are listed: a line fits into what {@link OperatorProtocol} sends. */
    private static final int MOST_PLACES = 1000;

    DoctorJson(Report report) {
        super(report);
    }

    @Override
    void write(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("conversation", finding.conversation());
        json.addProperty("file", finding.file());
        json.addProperty("health", word(finding.health()));
        json.addProperty("form", finding.form());
        json.addProperty("lines", finding.lines());
        json.addProperty("torn_bytes", finding.tornBytes());
        JsonArray damage = new JsonArray();
        finding.damage().stream().limit(MOST_PLACES).map(DoctorJson::place).forEach(damage::add);
        json.add("damage", damage);
        json.addProperty("damage_left_out", finding.damage().size() - damage.size());
        json.addProperty("sentence", finding.sentence());
        out(json.toString());
    }

    private static JsonObject place(Damage damage) {
        JsonObject json = new JsonObject();
        json.addProperty("line", damage.line());
        json.addProperty("offset", damage.offset());
        json.addProperty("bytes", damage.bytes());
        json.addProperty("sentence", damage.sentence());
        return json;
    }

    @Override
    void writeTotals(List<Quarantined> quarantined) {
        JsonObject totals = new JsonObject();
        totals.addProperty("files", files());
        for (Health health : Health.values()) {
            totals.addProperty(word(health), count(health));
        }
        totals.addProperty("torn_bytes", tornBytes());
        totals.addProperty("damaged_places", damagedPlaces());
        totals.addProperty("damaged_bytes", damagedBytes());
        totals.addProperty("quarantined_files", quarantined.size());
        totals.addProperty("quarantined_bytes", bytes(quarantined));
        JsonObject json = new JsonObject();
        json.add("totals", totals);
        out(json.toString());
    }

    private static String word(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }
}
