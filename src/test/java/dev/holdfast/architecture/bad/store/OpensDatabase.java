package dev.holdfast.architecture.bad.store;

import javax.sql.DataSource;

class OpensDatabase {
    DataSource source;
}
