/**
 * What can be set, and what is set. {@link dev.holdfast.config.Option} is the one table of options: the command line's
 * flags, the environment variables, the settings file's keys and README's table all come from its rows.
 *
 * <p>Imports nothing of ours.
 */
package dev.holdfast.config;
