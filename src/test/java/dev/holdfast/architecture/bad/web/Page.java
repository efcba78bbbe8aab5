package dev.holdfast.architecture.bad.web;

import jakarta.servlet.http.HttpServlet;

/** The room that may answer HTTP. */
class Page extends HttpServlet {}
