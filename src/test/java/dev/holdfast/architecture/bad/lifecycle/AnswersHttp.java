package dev.holdfast.architecture.bad.lifecycle;

import jakarta.servlet.http.HttpServlet;

class AnswersHttp extends HttpServlet {}
