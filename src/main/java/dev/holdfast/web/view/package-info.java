/**
 * What the templates show: plain records, prepared by the servlets, without behaviour beyond a question or two that a
 * template asks. Also the page's texts ({@link dev.holdfast.web.view.PageMessages}) and its stylesheet.
 *
 * <p>Only here, null stands for "there is none", where a component's Javadoc says so: templates test for null.
 */
package dev.holdfast.web.view;
