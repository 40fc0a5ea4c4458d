#pragma once

#include <libxml/xmlversion.h>
// Debian builds libxml2 with ICU, whose headers clash with the copy that Foundation brings. Nothing here uses it.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
