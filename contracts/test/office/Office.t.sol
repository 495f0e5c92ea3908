// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AgencyRegistry} from "../../AgencyRegistry.sol";
import {AuthorityRegistry} from "../../AuthorityRegistry.sol";
import {BatchAnchor} from "../../BatchAnchor.sol";
import {CertificateCatalog} from "../../CertificateCatalog.sol";
import {Directory} from "../../Directory.sol";
import {RecognitionPolicy} from "../../RecognitionPolicy.sol";
import {StatusRegistry} from "../../StatusRegistry.sol";
import {vm} from "../Vm.t.sol";

/// @title Where the invariants let people act, and keep books of what should have come of it
/// @dev A set of people is a number whose bit i stands for person i. Before each act the books say which
/// people may do it (nobody, if what they ask for is wrong); after it, what it touched is compared with
/// the books at once. What does not agree is counted.
abstract contract Office {
    uint256 internal constant OPERATORS = 6;
    uint256 internal constant NATION = 6;
    uint256 internal constant STRANGER = 12;
    uint256 internal constant ADMINISTRATOR = 13;
    uint256 internal constant PEOPLE = 14;

    AuthorityRegistry internal immutable access;
    AgencyRegistry internal immutable registry;
    CertificateCatalog internal immutable catalog;
    BatchAnchor internal immutable log;
    StatusRegistry internal immutable statuses;
    RecognitionPolicy internal immutable policy;

    address[PEOPLE] internal people;

    /// @dev Who acted last.
    uint256 internal actor;

    /// @notice How many acts succeeded.
    uint256 public acts;

    /// @notice How often the contracts and the books did not agree.
    uint256 public surprises;

    constructor(Directory directory, address[PEOPLE] memory people_) {
        access = AuthorityRegistry(directory.accessManager());
        registry = AgencyRegistry(directory.agencyRegistry());
        catalog = CertificateCatalog(directory.certificateCatalog());
        log = BatchAnchor(directory.batchAnchor());
        statuses = StatusRegistry(directory.statusRegistry());
        policy = RecognitionPolicy(directory.recognitionPolicy());
        people = people_;
    }

    function letTimePass(uint32 time) external {
        vm.warp(block.timestamp + (time % 3 days));
    }

    /// @dev Lets somebody act, and compares whether it succeeded with who may.
    /// @param who A number that chooses the person.
    /// @param allowed The people who may do it now.
    function _act(
        uint256 who,
        uint256 allowed,
        address target,
        bytes memory call
    ) internal virtual returns (bool happened);

    function _expect(bool isSo) internal {
        if (!isSo) surprises++;
    }

    function _isIn(uint256 who, uint256 set) internal pure returns (bool) {
        return (set >> who) & 1 == 1;
    }
}
