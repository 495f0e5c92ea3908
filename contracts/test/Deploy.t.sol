// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {AgencyRegistry} from "../AgencyRegistry.sol";
import {AuthorityRegistry} from "../AuthorityRegistry.sol";
import {BatchAnchor} from "../BatchAnchor.sol";
import {CertificateCatalog} from "../CertificateCatalog.sol";
import {Directory} from "../Directory.sol";
import {RecognitionPolicy} from "../RecognitionPolicy.sol";
import {StatusRegistry} from "../StatusRegistry.sol";
import {UseLog} from "../UseLog.sol";
import {vm} from "./Vm.t.sol";

/// @title Deploys what is in `artifacts/`
/// @dev `new` would compile a contract again, as the test is compiled, into every test that deploys it.
library Deploy {
    function authorityRegistry(
        address administrator,
        uint32 appointmentDelay
    ) internal returns (AuthorityRegistry) {
        bytes memory arguments = abi.encode(administrator, appointmentDelay);
        return AuthorityRegistry(_deploy("AuthorityRegistry", arguments));
    }

    function certificateCatalog(IAccessManager manager) internal returns (CertificateCatalog) {
        return CertificateCatalog(_deploy("CertificateCatalog", abi.encode(manager)));
    }

    function agencyRegistry(
        IAccessManager manager,
        CertificateCatalog catalog
    ) internal returns (AgencyRegistry) {
        return AgencyRegistry(_deploy("AgencyRegistry", abi.encode(manager, catalog)));
    }

    function batchAnchor(
        AgencyRegistry registry,
        CertificateCatalog catalog
    ) internal returns (BatchAnchor) {
        return BatchAnchor(_deploy("BatchAnchor", abi.encode(registry, catalog)));
    }

    function statusRegistry(
        AgencyRegistry registry,
        BatchAnchor log,
        StatusRegistry predecessor
    ) internal returns (StatusRegistry) {
        return StatusRegistry(_deploy("StatusRegistry", abi.encode(registry, log, predecessor)));
    }

    function recognitionPolicy(IAccessManager manager) internal returns (RecognitionPolicy) {
        return RecognitionPolicy(_deploy("RecognitionPolicy", abi.encode(manager)));
    }

    /// @param contracts In the order of the Directory's constructor, from the access manager to the policy.
    function directory(
        address[6] memory contracts,
        Directory predecessor,
        uint64 firstBlock
    ) internal returns (Directory) {
        bytes memory arguments = abi.encode(contracts, predecessor, firstBlock);
        return Directory(_deploy("Directory", arguments));
    }

    function useLog() internal returns (UseLog) {
        return UseLog(_deploy("UseLog", ""));
    }

    function _deploy(
        string memory name,
        bytes memory arguments
    ) private returns (address deployed) {
        bytes memory code = vm.getCode(string.concat("contracts/", name, ".sol:", name));
        code = bytes.concat(code, arguments);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            if iszero(deployed) {
                returndatacopy(code, 0, returndatasize())
                revert(code, returndatasize())
            }
        }
    }
}
