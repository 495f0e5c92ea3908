// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Directory} from "../../Directory.sol";
import {AgencyWork} from "./AgencyWork.t.sol";
import {AnchorWork} from "./AnchorWork.t.sol";
import {CatalogueWork} from "./CatalogueWork.t.sol";
import {KeyWork} from "./KeyWork.t.sol";
import {Office} from "./Office.t.sol";
import {RuleWork} from "./RuleWork.t.sol";
import {StatusWork} from "./StatusWork.t.sol";

/// @title Everything that people do
abstract contract AllWork is StatusWork, KeyWork, CatalogueWork, RuleWork {
    constructor(
        Directory directory,
        address[PEOPLE] memory people_,
        bytes18[6] memory agencies_,
        bytes21[9] memory types
    ) Office(directory, people_) AgencyWork(agencies_) AnchorWork(types[0]) CatalogueWork(types) {}

    /// @notice Compares everything with the books: nothing changed but what was meant to.
    function compareAll() external {
        _compareAuthorities();
        _compareAgencies();
        _compareRecords();
        _compareStatuses();
        _compareTypes();
        _compareRules();
    }
}
